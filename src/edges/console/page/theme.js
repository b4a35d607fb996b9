// Runs before the first paint, so that the page never flashes in the wrong colours.
(() => {
  const KEY = 'quartermaster.theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => localStorage.getItem(KEY);
  const current = () => chosen() ?? (system.matches ? 'dark' : 'light');

  function show() {
    const theme = current();
    document.documentElement.dataset.theme = theme;
    for (const button of document.querySelectorAll('[data-theme-toggle]')) {
      const other = theme === 'dark' ? 'light' : 'dark';
      button.setAttribute('aria-label', `Switch to ${other} colours`);
      button.setAttribute('title', `Switch to ${other} colours`);
    }
  }

  /** Choosing what the system shows anyway is following the system again. */
  function toggle() {
    const other = current() === 'dark' ? 'light' : 'dark';
    if (other === (system.matches ? 'dark' : 'light')) {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, other);
    }
    show();
  }

  show();
  system.addEventListener('change', show);
  addEventListener('storage', show);
  addEventListener('DOMContentLoaded', show);
  addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-theme-toggle]')) {
      toggle();
    }
  });
})();
