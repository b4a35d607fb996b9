/** What was found in so many milliseconds; what comes later is not waited for. */
export async function inTime<Value>(
  milliseconds: number,
  find: () => Promise<Value>,
): Promise<Value | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), milliseconds);
  });
  try {
    return await Promise.race([find(), late]);
  } finally {
    clearTimeout(timer);
  }
}
