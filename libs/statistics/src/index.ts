export * from './argument-error'
export * from './chance'
export * from './intervals'
export * from './multiple'
