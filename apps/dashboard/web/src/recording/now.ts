const HERE = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
})

/** This minute, by the clock of the schools. */
export function nowHere(): { date: string; time: string; precision: 'minute' } {
  const parts = Object.fromEntries(HERE.formatToParts(new Date()).map(({ type, value }) => [type, value]))
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}`, precision: 'minute' }
}
