export { Projector, type ProjectorOptions, type ProjectorState, type Taken } from './projector'
export { AnotherRebuildError, rebuild, type RebuildOptions } from './rebuild'
export type { Sharing } from './refresher'
