/** How long something waits: `under a minute`, `12 min`, `3 h 5 min`, `2 days 4 h`. */
export function ageText(minutes: number): string {
  if (minutes < 1) return "under a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  const dayText = days === 1 ? "1 day" : `${days} days`;
  return hours % 24 === 0 ? dayText : `${dayText} ${hours % 24} h`;
}
