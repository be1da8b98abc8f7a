export * from './benjamini-hochberg'
export * from './empirical-bayes'
export * from './funnel'
