// Draws what the server put into `usage`, in the colours of the page, and again whenever size or colours change.
const library = new URL('../webjars/echarts/5.5.0/echarts.common.min.js', import.meta.url);
let loading;

function echarts() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = library;
    script.onload = () => done(window.echarts);
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

const HUES = [165, 250, 75, 310, 25, 205, 120, 0];

function colours(dark) {
  return HUES.map((hue, at) => `oklch(${dark ? 0.72 : 0.58} ${at === 7 ? 0.01 : 0.11} ${hue})`);
}

// Canvas understands less than CSS does: let the browser say it in numbers.
function plain(colour) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
  return `rgba(${r},${g},${b},${a / 255})`;
}

// Quota is a whole number, 500,000 a dollar; dollars are written from its digits, never divided.
function usd(quota, decimals) {
  const micro = (BigInt(Math.round(quota)) * 2n).toString().padStart(7, '0');
  const whole = micro.slice(0, -6).replace(/\B(?=(\d{3})+$)/g, ',');
  return `$${whole}.${micro.slice(-6).slice(0, decimals)}`;
}

function count(number) {
  return Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

function short(number) {
  if (number >= 1e6) return `${+(number / 1e6).toFixed(1)}M`;
  if (number >= 1e3) return `${+(number / 1e3).toFixed(1)}k`;
  return `${number}`;
}

class UsageChart extends HTMLElement {
  connectedCallback() {
    this.style.display = 'block';
    if (Object.hasOwn(this, 'usage')) {
      // The server set it before this script was here: a plain property hides the setter.
      this.data = this.usage;
      delete this.usage;
    }
    this.sizes = new ResizeObserver(() => this.chart?.resize());
    this.sizes.observe(this);
    this.scheme = new MutationObserver(() => this.draw());
    this.scheme.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'theme'] });
    this.media = matchMedia('(prefers-color-scheme: dark)');
    this.redraw = () => this.draw();
    this.media.addEventListener('change', this.redraw);
    this.draw();
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    this.scheme.disconnect();
    this.media.removeEventListener('change', this.redraw);
    this.chart?.dispose();
    this.chart = undefined;
  }

  set usage(data) {
    this.data = data;
    this.draw();
  }

  get usage() {
    return this.data;
  }

  async draw() {
    if (!this.data || !this.isConnected) return;
    const { init } = await echarts();
    if (!this.isConnected) return;
    this.chart ??= init(this);
    const style = getComputedStyle(this);
    const text = plain(style.color);
    const line = text.replace(/[\d.]+\)$/, '0.12)');
    const quiet = text.replace(/[\d.]+\)$/, '0.62)');
    const [, r, g, b] = text.match(/rgba\((\d+),(\d+),(\d+)/).map(Number);
    const dark = r + g + b > 384;
    const money = this.data.unit === 'usd';
    const narrow = this.clientWidth < 560;
    const family = style.fontFamily;
    this.chart.setOption({
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      animationDuration: 250,
      color: colours(dark).map(plain),
      textStyle: { fontFamily: family },
      grid: { left: 4, right: 6, top: 14, bottom: narrow ? 58 : 34, containLabel: true },
      legend: { bottom: 0, type: narrow ? 'scroll' : 'plain', icon: 'circle', itemWidth: 8, itemHeight: 8, itemGap: 14, textStyle: { color: quiet, fontSize: 12 }, pageTextStyle: { color: quiet }, pageIconColor: quiet },
      tooltip: {
        trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: line } }, confine: true,
        backgroundColor: dark ? '#26302e' : '#ffffff', borderColor: line, textStyle: { color: text, fontSize: 12 },
        formatter: (points) => {
          const used = points.filter((point) => point.value > 0);
          const sum = used.reduce((all, point) => all + point.value, 0);
          const say = (value) => (money ? usd(value, 6) : count(value));
          const rows = used.map((point) => `${point.marker}${point.seriesName.replace(/[&<>]/g, '')}<b style="float:right;margin-left:20px;font-weight:600">${say(point.value)}</b>`);
          return [`<span style="opacity:.65">${points[0].axisValue}</span><b style="float:right;margin-left:20px">${say(sum)}</b>`, ...rows].join('<br>');
        },
      },
      xAxis: { type: 'category', data: this.data.times, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { color: quiet, fontSize: 11, hideOverlap: true, formatter: (time) => (time.length > 10 ? time.slice(6) : time.slice(5)) } },
      yAxis: { type: 'value', splitNumber: 4, splitLine: { lineStyle: { color: line } }, axisLabel: { color: quiet, fontSize: 11, formatter: (value) => (money ? usd(value, value > 0 && value < 500 ? 6 : value > 0 && value < 50000 ? 4 : 2) : short(value)) } },
      series: this.data.series.map((one) => ({ name: one.name, type: 'bar', stack: 'all', data: one.values, barMaxWidth: 26, barCategoryGap: '28%', emphasis: { focus: 'series' } })),
    }, { notMerge: true });
  }
}

if (!customElements.get('usage-chart')) customElements.define('usage-chart', UsageChart);
