/** A value for each series: null where there is nothing to show. */
export interface Point {
  readonly label: string
  readonly values: readonly (number | null)[]
}

interface Common {
  readonly title: string
  /** What the picture shows, for somebody who cannot see it; the figures are in the table below it. */
  readonly inWords: string
  readonly unit: string
}

/** Bars: lying where labels are long, standing where they follow one another; several series side by side or on one another. */
export interface BarPicture extends Common {
  readonly kind: 'bars'
  readonly standing: boolean
  readonly stacked: boolean
  readonly series: readonly string[]
  readonly points: readonly Point[]
}

/** Curves that step, as the share by each time does; or, `straight`, go straight from point to point. */
export interface CurvePicture extends Common {
  readonly kind: 'curve'
  readonly straight?: boolean
  readonly series: readonly string[]
  /** `x` in `xUnit`; a value for each series. */
  readonly points: readonly { readonly x: number; readonly values: readonly (number | null)[] }[]
  readonly xUnit: string
}

/** A square of two times the same few groups. */
export interface MatrixPicture extends Common {
  readonly kind: 'matrix'
  readonly rows: string
  readonly columns: string
  readonly labels: readonly string[]
  readonly figures: readonly (readonly number[])[]
}

/** Points against what is expected of them, with the limits that chance keeps to: 95 % and 99.8 %. */
export interface FunnelPicture extends Common {
  readonly kind: 'funnel'
  readonly points: readonly {
    readonly label: string
    readonly x: number
    readonly y: number
    readonly inner: readonly [number, number]
    readonly outer: readonly [number, number]
  }[]
}

/** Points in the order of time, with their mean and the limits of ordinary variation. */
export interface ControlPicture extends Common {
  readonly kind: 'control'
  readonly mean: number
  readonly lower: number
  readonly upper: number
  readonly points: readonly { readonly label: string; readonly value: number; readonly signal: boolean }[]
}

export type Picture = BarPicture | ControlPicture | CurvePicture | FunnelPicture | MatrixPicture
