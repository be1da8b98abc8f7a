export { jsonBody, type BodyLimits } from './body'
export * from './problem'
export { ProblemFilter, type StatusByCode } from './problem-filter'
