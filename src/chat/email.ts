const EMAIL =
  /^[^\s@<>()[\]\\,;:"'`]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/** The e-mail address as it is stored, or nothing where it is none. */
export function parseEmail(text: string): string | undefined {
  const email = text
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase();
  return email.length <= 254 && EMAIL.test(email) ? email : undefined;
}
