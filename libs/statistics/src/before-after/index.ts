export * from './before-after'
