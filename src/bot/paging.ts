export const PAGE_SIZE = 10;

/** The page that is shown, where a list may have become shorter. Pages count from 1. */
export function pageOf(asked: number, total: number): { page: number; pages: number; total: number } {
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  return { page: Math.min(Math.max(1, asked), pages), pages, total };
}
