export * from './lorenz'
