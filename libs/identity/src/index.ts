export * from './vault'
