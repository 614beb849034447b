const firstMs = [1000, 2000];
const quickMs = 5000;
const quickFailuresMax = 10;
/** A provider down for that long is not helped by more requests; other pages begin anew. */
const slowMs = 30_000;

/** How long to wait after so many failures on a channel before it is tried again. */
export function backoffMs(failures: number): number {
  if (failures < 1) return 0;
  return firstMs[failures - 1] ?? (failures > quickFailuresMax ? slowMs : quickMs);
}
