export { Projector, type ProjectorOptions, type ProjectorState } from './projector'
