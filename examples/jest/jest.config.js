module.exports = {
  reporters: ['default', ['@netaudit/jest', { allowlist: 'netaudit.yaml' }]],
};
