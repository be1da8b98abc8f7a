export { type MannKendall, mannKendall } from './mann-kendall'
export * from './sen-slope'
