module.exports = { testMatch: ['**/*.test.cjs'], reporters: ['default', '@netaudit/jest'] };
