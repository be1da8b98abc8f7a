import { describeEventStore } from '../../../../test/contracts/event-store'
import { startEventStoreDbDouble } from '../../../../test/support/eventstoredb-double/double'
import { EventStoreDbEventStore } from './eventstoredb-event-store'

describeEventStore('EventStoreDB', async () => {
  const double = await startEventStoreDbDouble()
  let store = new EventStoreDbEventStore({ connectionString: double.url })
  return {
    store,
    reopen: async () => {
      await store.close()
      return (store = new EventStoreDbEventStore({ connectionString: double.url }))
    },
    end: async () => {
      await store.close()
      double.stop()
    },
  }
})
