/** A time of day in somebody's zone, with the zone's short name: `2:25 AM EST`. */
export function clockTime(moment: Date, zone: string, language: string): string {
  return new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(moment);
}

/** Day and time for staff: `Jan 5, 2:25:07 AM EST`. */
export function dayAndTime(moment: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-US', {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(moment);
}

const two = (part: number): string => String(part).padStart(2, '0');

/** `0:45`, `12:05`, `3:07:00`, `2 d 4:10:00`; never negative. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24];
  const [minutes, rest] = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (days === 0 && hours === 0) return `${minutes}:${two(rest)}`;
  const clock = `${hours}:${two(minutes)}:${two(rest)}`;
  return days === 0 ? clock : `${days} d ${clock}`;
}
