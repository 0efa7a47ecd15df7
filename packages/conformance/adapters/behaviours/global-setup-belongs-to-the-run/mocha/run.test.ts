it('is innocent', () => {});
