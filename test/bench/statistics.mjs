/** The value below which the share `q` of the values lies; NaN of none. */
function quantile(values, q) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

/** What is told of a row of milliseconds. */
export function summarize(values) {
  return {
    count: values.length,
    p50Ms: round(quantile(values, 0.5)),
    p99Ms: round(quantile(values, 0.99)),
    maxMs: round(Math.max(...values)),
  };
}

export const round = (value) => Math.round(value * 10) / 10;
