export { Projector, type ProjectorOptions, type ProjectorState } from './projector'
export type { Folding } from './refresher'
