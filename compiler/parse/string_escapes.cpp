#include "compiler/parse/string_escapes.h"

#include <cstdint>

#include "compiler/support/characters.h"
#include "compiler/support/utf8.h"

namespace schemac::parse {
namespace {

int DigitValue(char digit) {
  if (IsDigit(digit)) return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return 99;
}

// Reads up to `most` digits of the base at `at`, which it moves. The number of digits read goes to `count`.
std::uint32_t ReadDigits(std::string_view text, std::size_t& at, int base, std::size_t most,
                         std::size_t& count) {
  std::uint32_t number = 0;
  for (count = 0; count < most && at < text.size() && DigitValue(text[at]) < base; ++count, ++at) {
    number = number * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(DigitValue(text[at]));
  }
  return number;
}

bool AppendUtf8(std::uint32_t code, std::string& value) {
  if (code == 0 || code > 0x10FFFFU || (code >= 0xD800U && code <= 0xDFFFU)) return false;
  const auto tail = [&](unsigned shift) { value += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x80U) {
    value += static_cast<char>(code);
  } else if (code < 0x800U) {
    value += static_cast<char>(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000U) {
    value += static_cast<char>(0xE0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    value += static_cast<char>(0xF0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
  return true;
}

// Decodes the escape whose letter stands at `at`, and moves behind it.
bool DecodeOne(std::string_view text, std::size_t& at, std::string& value) {
  const char letter = text[at];
  std::size_t count = 0;
  switch (letter) {
    case 'b':
      value += '\b';
      break;
    case 'f':
      value += '\f';
      break;
    case 'n':
      value += '\n';
      break;
    case 'r':
      value += '\r';
      break;
    case 't':
      value += '\t';
      break;
    case 'u':
    case 'U': {
      const std::size_t digits = letter == 'u' ? 4 : 8;
      ++at;
      std::uint32_t code = ReadDigits(text, at, 16, digits, count);
      if (count != digits) return false;
      // Two escapes may be the halves of a surrogate pair.
      if (code >= 0xD800U && code <= 0xDBFFU && at + 1 < text.size() && text[at] == '\\' &&
          text[at + 1] == 'u') {
        at += 2;
        const std::uint32_t low = ReadDigits(text, at, 16, 4, count);
        if (count != 4 || low < 0xDC00U || low > 0xDFFFU) return false;
        code = 0x10000U + ((code - 0xD800U) << 10U) + (low - 0xDC00U);
      }
      return AppendUtf8(code, value);
    }
    case 'x': {
      ++at;
      const std::uint32_t byte = ReadDigits(text, at, 16, 2, count);
      if (count == 0) {
        value += 'x';
        return true;
      }
      value += static_cast<char>(byte);
      return byte != 0;
    }
    default:
      if (letter >= '0' && letter <= '7') {
        const std::uint32_t byte = ReadDigits(text, at, 8, 3, count) & 0xFFU;
        value += static_cast<char>(byte);
        return byte != 0;
      }
      value += letter;
  }
  ++at;
  return true;
}

}  // namespace

std::optional<std::size_t> DecodeEscapeString(std::string_view contents, std::string& value) {
  std::optional<std::size_t> wrong;
  for (std::size_t at = 0; at < contents.size();) {
    if (contents[at] == '\\' && at + 1 < contents.size()) {
      const std::size_t begin = at++;
      if (!DecodeOne(contents, at, value) && !wrong) wrong = begin;
      continue;
    }
    value += contents[at];
    at += contents[at] == '\'' ? 2 : 1;
  }
  // Bytes written one by one may add up to no text.
  if (!wrong && FindInvalidUtf8(value)) wrong = 0;
  return wrong;
}

}  // namespace schemac::parse
