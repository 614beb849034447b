/** The answer, or an outage when it takes longer: for questions that memory can answer instead. */
export async function inTime<T>(answer: Promise<T>, waitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timeout expired')), waitMs);
  });
  // Once it is too late, what becomes of the answer changes nothing.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
