import type { Languages } from '../../language/languages.ts'

/** What a browser needs to install the tablet as an app, in portrait and landscape. */
export function manifest(languages: Languages, assets: Record<string, string>): string {
  const name = languages.text(languages.find('sv')!, 'web.serviceName')
  const icon = (size: number) => ({
    src: assets[`icon-${size}.png`],
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose: 'any maskable',
  })
  return JSON.stringify({
    id: '/tablet/',
    start_url: '/tablet/',
    scope: '/tablet/',
    name,
    short_name: 'Brukarsvar',
    lang: 'sv',
    display: 'fullscreen',
    orientation: 'any',
    background_color: '#fdfbf7',
    theme_color: '#0b5a60',
    icons: [icon(192), icon(512)],
  })
}
