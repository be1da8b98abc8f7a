export { DirectFeed, type Parked } from './direct/direct-feed'
export * from './feed'
