export * from './random'
export * from './binomial'
export * from './multinomial'
