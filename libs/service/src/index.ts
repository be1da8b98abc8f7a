export { ConfigError, readEnvironment } from './environment'
export { ServiceHost, type Metric, type Operations } from './host'
export { runService, whenThere, type Running, type Say } from './run'
