/** Offers this device's time zone first. */
for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (
  document.querySelectorAll('select[data-time-zones]')
)) {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const listed = [...select.options].find(({ value }) => value === zone)
  if (!listed || listed.selected) continue
  const words = (select.dataset.timeZones ?? '').replace('%zone%', zone.replaceAll('_', ' '))
  select.prepend(new Option(words, zone))
}
