/** What one part of the bench found: the ratios beside their goals, then the figures they come from. */
export type Findings = {
  readonly title: string;
  readonly ratios: readonly Measured[];
  readonly figures: Table;
};
export type Measured = readonly [what: string, measured: string, goal?: string];
export type Table = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

export function printed({ title, ratios, figures }: Findings): string {
  const head = ['of what', 'measured', 'goal'];
  const first = lines({
    head,
    rows: ratios.map(([what, measured, goal = '-']) => [what, measured, goal]),
  });
  return [`# ${title}`, '', ...first, '', ...lines(figures), '', ''].join('\n');
}

/** The first column from the left, the others to the right. */
function lines({ head, rows }: Table): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)];
}
