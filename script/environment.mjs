/**
 * The environment for everything that the front door starts: without what npm exports to its scripts (pnpm and a nested npm would
 * take it for configuration), but with the settings that say how to reach the registry.
 */
export function childEnvironment(env, shimFolder) {
  const kept = Object.entries(env).filter(([name]) => !fromNpm.test(name) || reachesRegistry.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: `${shimFolder}:${env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  };
}

const fromNpm = /^npm_(config|package|lifecycle|command|execpath|node_execpath)/i;
const reachesRegistry = /^npm_config_(registry|cafile|proxy|https_proxy|strict_ssl|userconfig|cache)$/i;
