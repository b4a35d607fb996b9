/**
 * What was found before Teams gives up waiting, which it does after five seconds; nothing that comes later.
 * Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search#respond-to-user-requests
 */
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
