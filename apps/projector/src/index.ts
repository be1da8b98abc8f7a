export type { ProjectorOptions } from './options'
export { Projector, type ProjectorState, type Taken } from './projector'
export { AnotherRebuildError, rebuild } from './rebuild'
export type { Sharing } from './refresher'
