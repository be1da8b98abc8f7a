export * from './feed'
