const SERVICE = 'http://api.example.test';

/** The temperature that the service gives for a city, in °C, or null when it gives none. */
export async function temperature(city, service = SERVICE) {
  if (city === '') throw new RangeError('a city has a name');
  const response = await fetch(`${service}/weather/${encodeURIComponent(city)}`).catch(() => null);
  return response?.ok ? Number(await response.text()) : null;
}
