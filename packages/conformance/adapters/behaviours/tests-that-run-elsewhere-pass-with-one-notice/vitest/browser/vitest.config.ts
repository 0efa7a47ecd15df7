// A browser project that has no tests, so that no browser is opened. Vitest 5 asks the provider for a server all the same; before, none is needed.
const name = '@vitest/browser-preview';
const none = { name: 'none', options: {}, supportedBrowser: ['chromium'], providerFactory: () => ({}), serverFactory: () => ({}) };
const provider = await import(name).then(
  ({ preview }) => preview(),
  () => none,
);

export default {
  test: {
    name: 'pages',
    include: ['*.page.ts'],
    browser: { enabled: true, headless: true, provider, instances: [{ browser: 'chromium' }] },
  },
};
