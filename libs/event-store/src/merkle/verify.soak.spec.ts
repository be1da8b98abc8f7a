import { describe } from 'vitest'
import { EIGHT_BITS, flipText, smallLog } from '../../../../test/support/small-log'

describe('every flip of every bit', () => flipText(smallLog(), { envelope: EIGHT_BITS }))
