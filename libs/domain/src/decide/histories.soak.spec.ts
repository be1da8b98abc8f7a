import { describeHistories } from '../../../../test/contracts/histories'

describeHistories(5_000)
