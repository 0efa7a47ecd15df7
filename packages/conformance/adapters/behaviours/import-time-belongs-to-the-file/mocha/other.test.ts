it('runs elsewhere', () => {});
