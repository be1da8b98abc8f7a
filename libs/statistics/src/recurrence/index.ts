export * from './mean-cumulative'
