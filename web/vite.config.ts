import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { singleFile } from './single_file.js';

export default defineConfig({
  plugins: [svelte(), singleFile({ template: 'report.html' })],
  build: {
    target: 'es2021',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: 'report.html',
      output: { format: 'iife', inlineDynamicImports: true },
    },
  },
  test: { include: ['tests/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
