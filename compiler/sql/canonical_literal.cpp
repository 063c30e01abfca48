#include "compiler/sql/canonical_literal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "compiler/sql/facts.h"
#include "compiler/support/characters.h"

namespace schemac::sql {
namespace {

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// As parse_bool(): prefixes of true, false, yes, no count.
std::string NormalizeBoolean(std::string_view text) {
  const std::string word = Lower(Trim(text));
  if (word.empty()) return std::string(text);
  const auto is_prefix = [&](std::string_view full) { return full.substr(0, word.size()) == word; };
  if (word == "1" || word == "on" || is_prefix("true") || is_prefix("yes")) return "true";
  if (word == "0" || word == "of" || word == "off" || is_prefix("false") || is_prefix("no")) return "false";
  return std::string(text);
}

// 1.5e3 as 1500, as numeric_out() prints it.
std::string WithoutExponent(std::string_view text) {
  constexpr int kMaxShift = 400;
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos || e == 0) return std::string(text);
  int exponent = 0;
  const std::string_view digits_of_exponent = text.substr(text[e + 1] == '+' ? e + 2 : e + 1);
  const char* end = digits_of_exponent.data() + digits_of_exponent.size();
  const auto parsed = std::from_chars(digits_of_exponent.data(), end, exponent);
  if (parsed.ec != std::errc() || parsed.ptr != end || std::abs(exponent) > kMaxShift)
    return std::string(text);
  std::string_view mantissa = text.substr(0, e);
  std::string sign;
  if (mantissa.front() == '-' || mantissa.front() == '+') {
    sign = mantissa.substr(0, 1);
    mantissa.remove_prefix(1);
  }
  const std::size_t point = mantissa.find('.');
  std::string whole(mantissa.substr(0, point));
  std::string fraction(point == std::string_view::npos ? std::string_view() : mantissa.substr(point + 1));
  for (; exponent > 0; --exponent) {
    whole += fraction.empty() ? '0' : fraction.front();
    if (!fraction.empty()) fraction.erase(0, 1);
  }
  for (; exponent < 0; ++exponent) {
    fraction.insert(0, 1, whole.empty() ? '0' : whole.back());
    if (!whole.empty()) whole.pop_back();
  }
  return sign + (whole.empty() ? "0" : whole) + (fraction.empty() ? "" : "." + fraction);
}

// Sign, no leading zeros, the scale as written. 007.50 is 7.50.
std::string NormalizeDecimal(std::string_view text) {
  const std::string plain = WithoutExponent(Trim(text));
  std::string_view rest = plain;
  bool negative = false;
  if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) {
    negative = rest.front() == '-';
    rest.remove_prefix(1);
  }
  const std::size_t point = rest.find('.');
  std::string_view whole = rest.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? std::string_view() : rest.substr(point + 1);
  const auto digits = [](std::string_view part) { return std::all_of(part.begin(), part.end(), IsDigit); };
  if ((whole.empty() && fraction.empty()) || !digits(whole) || !digits(fraction))
    return std::string(Trim(text));
  while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
  std::string result(whole.empty() ? "0" : whole);
  if (!fraction.empty()) result += "." + std::string(fraction);
  const bool is_zero = result.find_first_not_of("0.") == std::string::npos;
  return negative && !is_zero ? "-" + result : result;
}

std::string NormalizeFloat(std::string_view text, bool is_single) {
  const std::string trimmed(Trim(text));
  if (trimmed.empty() || (!IsDigit(trimmed.back()) && trimmed.back() != '.')) return Lower(trimmed);
  char* end = nullptr;
  const double value = std::strtod(trimmed.c_str(), &end);
  if (*end != '\0' || !std::isfinite(value)) return Lower(trimmed);
  return is_single ? fmt::format("{}", static_cast<float>(value)) : fmt::format("{}", value);
}

std::string NormalizeUuid(std::string_view text) {
  std::string hex;
  for (const char c : Lower(text)) {
    if (c != '-' && c != '{' && c != '}') hex += c;
  }
  return hex.size() == 32 ? hex : std::string(text);
}

// 24:00 and 1:2:3.50 as microseconds.
std::optional<std::int64_t> ParseClock(std::string_view text) {
  std::array<std::int64_t, 3> parts{};
  std::size_t count = 0;
  std::size_t at = 0;
  while (count < 3) {
    const std::size_t begin = at;
    while (at < text.size() && IsDigit(text[at]) && at - begin < 7) {
      parts[count] = parts[count] * 10 + (text[at] - '0');
      ++at;
    }
    if (at == begin) return std::nullopt;
    ++count;
    if (at == text.size() || text[at] != ':') break;
    ++at;
  }
  std::int64_t micros = 0;
  if (at < text.size() && text[at] == '.' && count == 3) {
    std::int64_t unit = 100000;
    for (++at; at < text.size() && IsDigit(text[at]); ++at, unit /= 10) micros += (text[at] - '0') * unit;
  }
  if (at != text.size() || count < 2 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
  return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000000 + micros;
}

struct IntervalUnit {
  std::string_view name;
  std::int64_t months;
  std::int64_t days;
  std::int64_t micros;
};
constexpr std::int64_t kSecond = 1000000;
constexpr auto kUnits = std::to_array<IntervalUnit>({
    {"year", 12, 0, 0},
    {"yr", 12, 0, 0},
    {"y", 12, 0, 0},
    {"month", 1, 0, 0},
    {"mon", 1, 0, 0},
    {"decade", 120, 0, 0},
    {"century", 1200, 0, 0},
    {"week", 0, 7, 0},
    {"w", 0, 7, 0},
    {"day", 0, 1, 0},
    {"d", 0, 1, 0},
    {"hour", 0, 0, 3600 * kSecond},
    {"hr", 0, 0, 3600 * kSecond},
    {"h", 0, 0, 3600 * kSecond},
    {"minute", 0, 0, 60 * kSecond},
    {"min", 0, 0, 60 * kSecond},
    {"m", 0, 0, 60 * kSecond},
    {"second", 0, 0, kSecond},
    {"sec", 0, 0, kSecond},
    {"s", 0, 0, kSecond},
    {"millisecond", 0, 0, 1000},
    {"ms", 0, 0, 1000},
    {"microsecond", 0, 0, 1},
    {"us", 0, 0, 1},
});

const IntervalUnit* FindUnit(std::string_view word) {
  for (const IntervalUnit& unit : kUnits) {
    if (word == unit.name ||
        (word.size() == unit.name.size() + 1 && word.back() == 's' && word.starts_with(unit.name)))
      return &unit;
  }
  if (word == "centuries") return FindUnit("century");
  return nullptr;
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    const std::size_t begin = at;
    if (IsBlank(c)) {
      ++at;
      continue;
    }
    const bool is_number = IsDigit(c) || c == '-' || c == '+' || c == '.';
    for (++at; at < text.size() && !IsBlank(text[at]); ++at) {
      const bool in_number = IsDigit(text[at]) || text[at] == '.' || text[at] == ':';
      if (in_number != is_number) break;
    }
    words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

// Months, days and microseconds of the usual spellings ("1 day", "2 hours 30 min", "01:30:00"); else the
// text.
std::string NormalizeInterval(std::string_view text) {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t micros = 0;
  const std::string lowered = Lower(Trim(text));
  const std::vector<std::string_view> words = Words(lowered);
  if (words.empty()) return std::string(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    std::int64_t sign = 1;
    if (word.front() == '-' || word.front() == '+') {
      sign = word.front() == '-' ? -1 : 1;
      word.remove_prefix(1);
    }
    if (const auto clock = ParseClock(word)) {
      micros += sign * *clock;
      continue;
    }
    std::int64_t value = 0;
    const auto parsed = std::from_chars(word.data(), word.data() + word.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != word.data() + word.size() || value > 100000000)
      return std::string(text);
    const bool bare = i + 1 == words.size();  // A lone number counts seconds.
    const IntervalUnit* unit = bare ? FindUnit("second") : FindUnit(words[i + 1]);
    if (unit == nullptr || (bare && words.size() > 1)) return std::string(text);
    if (!bare) ++i;
    months += sign * value * unit->months;
    days += sign * value * unit->days;
    micros += sign * value * unit->micros;
  }
  return fmt::format("{} months {} days {} us", months, days, micros);
}

// +02, -03:30, Z, nothing, as microseconds; nullopt for names of zones.
std::optional<std::int64_t> ZoneOffset(std::string_view zone) {
  if (zone.empty() || zone == "Z" || zone == "z") return 0;
  const std::int64_t sign = zone.front() == '-' ? -1 : 1;
  zone.remove_prefix(1);
  const bool hours_only = zone.size() == 2 && IsDigit(zone[0]) && IsDigit(zone[1]);
  const auto clock = ParseClock(hours_only ? std::string(zone) + ":00" : std::string(zone));
  if (!clock) return std::nullopt;
  return sign * *clock;
}

// Microseconds since 1970; a time with time zone that names none is taken to be UTC. 2020-01-31[
// T]10:20[:30[.5]][zone].
std::string NormalizeTimestamp(std::string_view text, bool with_zone) {
  const std::string_view trimmed = Trim(text);
  const auto digit_at = [&](std::size_t i) { return i < trimmed.size() && IsDigit(trimmed[i]); };
  const auto is_date = [&] {
    for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
      if (!digit_at(i)) return false;
    }
    return trimmed[4] == '-' && trimmed[7] == '-';
  };
  if (!is_date()) return Lower(trimmed);
  std::string_view rest = trimmed.substr(10);
  if (!rest.empty() && (rest.front() == 'T' || rest.front() == ' ')) rest.remove_prefix(1);
  const std::size_t zone_at = rest.find_first_of("+-Zz");
  std::string zone(rest.substr(std::min(zone_at, rest.size())));
  const std::string_view clock_text = Trim(rest.substr(0, zone_at));
  const auto clock = clock_text.empty() ? std::optional<std::int64_t>(0) : ParseClock(clock_text);
  if (!clock) return std::string(trimmed);
  const auto offset = ZoneOffset(zone);
  if (!offset) return std::string(trimmed);
  const auto number = [&](std::size_t at, std::size_t length) {
    return std::atoi(std::string(trimmed.substr(at, length)).c_str());
  };
  const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!date.ok()) return std::string(trimmed);
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return fmt::format("{} us", days * 86400 * kSecond + *clock - (with_zone ? *offset : 0));
}

// b101 (as the parser keeps B'101'), x1F and 101.
std::string NormalizeBits(std::string_view text) {
  if (text.starts_with('b')) return std::string(text.substr(1));
  if (!text.starts_with('x')) return std::string(text);
  std::string bits;
  for (const char c : Lower(text.substr(1))) {
    const int value = IsDigit(c) ? c - '0' : c - 'a' + 10;
    bits += fmt::format("{:04b}", value & 15);
  }
  return bits;
}

std::string NormalizeTime(std::string_view text) {
  const auto clock = ParseClock(Trim(text));
  return clock ? std::to_string(*clock) : std::string(text);
}

// '{a,"b c",NULL}', one dimension or several; nullopt when it is no array literal.
class ArrayReader {
 public:
  ArrayReader(std::string_view text, TypeKey element) : text_(Trim(text)), element_(std::move(element)) {}

  std::optional<std::string> Read() {
    if (text_.empty() || text_.front() != '{' || !ReadLevel() || at_ != text_.size()) return std::nullopt;
    return result_;
  }

 private:
  bool ReadLevel() {
    if (++depth_ > 6) return false;  // PostgreSQL's MAXDIM.
    result_ += '{';
    ++at_;
    SkipBlanks();
    if (Peek() == '}') return Close();
    while (true) {
      SkipBlanks();
      if (!(Peek() == '{' ? ReadLevel() : ReadElement())) return false;
      SkipBlanks();
      if (Peek() == '}') return Close();
      if (Peek() != ',') return false;
      ++at_;
      result_ += ',';
    }
  }

  bool Close() {
    ++at_;
    --depth_;
    result_ += '}';
    return true;
  }

  bool ReadElement() {
    std::string value;
    const bool quoted = Peek() == '"';
    if (quoted) ++at_;
    while (at_ < text_.size() && (quoted ? Peek() != '"' : Peek() != ',' && Peek() != '}' && Peek() != '{')) {
      if (Peek() == '\\') ++at_;
      if (at_ < text_.size()) value += text_[at_++];
    }
    if (quoted) {
      if (Peek() != '"') return false;
      ++at_;
    } else {
      value = Trim(value);
      if (value.empty()) return false;
      if (Lower(value) == "null") {
        result_ += "NULL";
        return true;
      }
    }
    result_ += '"';
    for (const char c : NormalizeLiteral(element_, value)) {
      if (c == '"' || c == '\\') result_ += '\\';
      result_ += c;
    }
    result_ += '"';
    return true;
  }

  void SkipBlanks() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
  }
  [[nodiscard]] char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::string_view text_;
  TypeKey element_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string result_;
};

}  // namespace

std::string NormalizeLiteral(const TypeKey& type, std::string_view text) {
  if (const TypeKey element = ElementOf(type); !element.empty()) {
    auto array = ArrayReader(text, element).Read();
    return array ? std::move(*array) : std::string(text);
  }
  if (type == "bool") return NormalizeBoolean(text);
  if (type == "int2" || type == "int4" || type == "int8" || type == "numeric" || type == "oid")
    return NormalizeDecimal(text);
  if (type == "float4" || type == "float8") return NormalizeFloat(text, type == "float4");
  if (type == "jsonb") return NormalizeJson(text).value_or(std::string(text));
  if (type == "uuid") return NormalizeUuid(text);
  if (type == "interval") return NormalizeInterval(text);
  if (type == "timestamp" || type == "timestamptz") return NormalizeTimestamp(text, type == "timestamptz");
  if (type == "time") return NormalizeTime(text);
  if (type == "bit" || type == "varbit") return NormalizeBits(text);
  if (type == "date") return Lower(Trim(text));
  return std::string(text);
}

}  // namespace schemac::sql
