import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  // No images are optimised here; without this the image route would answer.
  images: { unoptimized: true },
  // build.mjs checks the types with the faster compiler before it builds.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  experimental: {
    // Nothing is asked of the outside while building or serving.
    agentUpgrade: false,
    optimizePackageImports: ['@postern/console-ui'],
  },
  // Those addresses that proxy.ts gives a policy, and no file that is missing; machines that ask for what is not here hear 404.
  rewrites: () => ({
    fallback: [{ source: '/:path((?!api/|_next/|icon.svg|metrics$|health/).*)', destination: '/unknown' }],
  }),
  // What every answer carries. proxy.ts adds the content security policy, which needs a nonce for each request.
  headers: () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
      ],
    },
    // The one thing that our own pages may frame; its own policy says the same (frame-ancestors).
    { source: '/api/v1/messages/:id/content/html', headers: [{ key: 'X-Frame-Options', value: 'SAMEORIGIN' }] },
  ],
};
