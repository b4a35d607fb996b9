/** Is this the name of an invoke of what the app offers where people write? */
export const isCompose = (name: unknown): boolean =>
  typeof name === 'string' && name.startsWith('composeExtension/');
