export default { test: { name: 'own' } };
