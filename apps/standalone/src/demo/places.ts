/** A place of a made-up school. Incidents fall on places by capacity and on slots by their minutes: what the timetable lets expect. */
export interface DemoPlace {
  readonly key: string
  readonly name: string
  readonly kind: string
  readonly capacity: number
  readonly supervised: 'yes' | 'no'
  readonly openToView: 'yes' | 'no'
}

const place = (key: string, name: string, kind: string, capacity: number, supervised: 'yes' | 'no' = 'yes', openToView: 'yes' | 'no' = 'yes'): DemoPlace => ({
  key, name, kind, capacity, supervised, openToView,
})

export const SECONDARY_PLACES: readonly DemoPlace[] = [
  place('north-corridor', 'North corridor', 'corridor', 80, 'no', 'no'),
  place('south-corridor', 'South corridor', 'corridor', 80),
  place('stairs', 'Science stairs', 'stairs', 60, 'no'),
  place('toilets', 'Toilets by the hall', 'toilets', 30, 'no', 'no'),
  place('yard', 'Main playground', 'playground', 400),
  place('field', 'Field', 'field', 300, 'no'),
  place('dining', 'Dining hall', 'dining-hall', 250),
  place('changing', 'Changing rooms', 'changing-room', 60, 'no', 'no'),
  place('hall', 'Sports hall', 'sports-hall', 120),
  place('humanities', 'Humanities rooms', 'classroom', 240),
  place('science', 'Science rooms', 'classroom', 240),
  place('languages', 'Language rooms', 'classroom', 180),
  place('library', 'Library', 'library', 60),
  place('gate', 'School gate', 'school-gate', 150),
]
export const PRIMARY_PLACES: readonly DemoPlace[] = [
  place('infant-yard', 'Infant playground', 'playground', 120),
  place('junior-yard', 'Junior playground', 'playground', 180),
  place('field', 'Field', 'field', 150, 'no'),
  place('corridor', 'Long corridor', 'corridor', 60),
  place('cloakroom', 'Cloakroom', 'cloakroom', 40, 'no', 'no'),
  place('toilets', 'Toilets', 'toilets', 20, 'no', 'no'),
  place('hall', 'Hall', 'dining-hall', 150),
  place('lower', 'Lower school rooms', 'classroom', 120),
  place('upper', 'Upper school rooms', 'classroom', 120),
]
export const SMALL_PLACES: readonly DemoPlace[] = [
  place('yard', 'Courtyard', 'playground', 60),
  place('corridor', 'Corridor', 'corridor', 30),
  place('toilets', 'Toilets', 'toilets', 10, 'no', 'no'),
  place('dining', 'Dining room', 'dining-hall', 50),
  place('rooms-a', 'Teaching rooms A', 'classroom', 40),
  place('rooms-b', 'Teaching rooms B', 'classroom', 40),
  place('workshop', 'Workshop', 'inclusion-unit', 20),
  place('entrance', 'Entrance', 'school-gate', 30),
]

export interface Period {
  readonly from: string
  readonly to: string
  readonly slot: string
}
const periods = (text: string): Period[] =>
  text.split(' ').map((part) => {
    const [from, to, slot] = part.split('|') as [string, string, string]
    return { from, to, slot }
  })

/** The clock times of a day's slots. */
export const SECONDARY_DAY = periods(
  '08:20|08:40|arrival 08:40|09:00|registration 09:00|10:00|lesson 10:00|10:10|lesson-change 10:10|11:10|lesson 11:10|11:30|break 11:30|12:30|lesson 12:30|13:20|lunch 13:20|14:20|lesson 14:20|14:30|lesson-change 14:30|15:20|lesson 15:20|15:45|departure',
)
export const PRIMARY_DAY = periods(
  '08:40|09:00|arrival 09:00|09:10|registration 09:10|10:30|lesson 10:30|10:50|break 10:50|12:00|lesson 12:00|13:00|lunch 13:00|15:15|lesson 15:15|15:30|departure',
)
