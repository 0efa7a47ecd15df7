import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { sealed } from './build/sealed.js';

export default defineConfig({
  plugins: [viteSingleFile(), sealed({ mostBytes: 100_000 })],
  build: { target: 'es2022', modulePreload: { polyfill: false } },
});
