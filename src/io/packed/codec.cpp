#include "io/packed/codec.hpp"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cstdint>
#include <new>

namespace maha::io {
namespace {

using namespace std::string_view_literals;

/// Memory for xz: several times what xz -9 needs. zstd has a limit of its own, a window of 128 MiB.
constexpr std::uint64_t kMostMemory = std::uint64_t{512} << 20;

/// What fits the counts of libraries that count in 32 bits.
unsigned some(std::size_t size) { return static_cast<unsigned>(std::min<std::size_t>(size, 1u << 30)); }

class Gzip : public Codec {
 public:
  Gzip() {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw std::bad_alloc();
  }
  ~Gzip() override { inflateEnd(&stream_); }

  State step(PackedStep& step) override {
    const unsigned in = some(step.in_size), out = some(step.out_size);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(step.in));
    stream_.avail_in = in;
    stream_.next_out = reinterpret_cast<Bytef*>(step.out);
    stream_.avail_out = out;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    step.in += in - stream_.avail_in, step.in_size -= in - stream_.avail_in;
    step.out += out - stream_.avail_out, step.out_size -= out - stream_.avail_out;
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    return status == Z_STREAM_END                    ? State::member_ends
           : status == Z_OK || status == Z_BUF_ERROR ? State::goes_on
                                                     : State::broken;
  }

  void begin_member() override { inflateReset(&stream_); }

 private:
  z_stream stream_{};
};

class Bzip2 : public Codec {
 public:
  Bzip2() { begin(); }
  ~Bzip2() override { BZ2_bzDecompressEnd(&stream_); }

  State step(PackedStep& step) override {
    const unsigned in = some(step.in_size), out = some(step.out_size);
    stream_.next_in = const_cast<char*>(step.in);
    stream_.avail_in = in;
    stream_.next_out = step.out;
    stream_.avail_out = out;
    const int status = BZ2_bzDecompress(&stream_);
    step.in += in - stream_.avail_in, step.in_size -= in - stream_.avail_in;
    step.out += out - stream_.avail_out, step.out_size -= out - stream_.avail_out;
    if (status == BZ_MEM_ERROR) throw std::bad_alloc();
    return status == BZ_STREAM_END ? State::member_ends : status == BZ_OK ? State::goes_on : State::broken;
  }

  void begin_member() override {
    BZ2_bzDecompressEnd(&stream_);
    begin();
  }

 private:
  void begin() {
    stream_ = {};
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
  }

  bz_stream stream_{};
};

class Xz : public Codec {
 public:
  Xz() { begin_member(); }
  ~Xz() override { lzma_end(&stream_); }

  State step(PackedStep& step) override {
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(step.in);
    stream_.avail_in = step.in_size;
    stream_.next_out = reinterpret_cast<std::uint8_t*>(step.out);
    stream_.avail_out = step.out_size;
    const lzma_ret status = lzma_code(&stream_, LZMA_RUN);
    step.in = reinterpret_cast<const char*>(stream_.next_in), step.in_size = stream_.avail_in;
    step.out = reinterpret_cast<char*>(stream_.next_out), step.out_size = stream_.avail_out;
    if (status == LZMA_MEM_ERROR) throw std::bad_alloc();
    return status == LZMA_STREAM_END                       ? State::member_ends
           : status == LZMA_OK || status == LZMA_BUF_ERROR ? State::goes_on
           : status == LZMA_MEMLIMIT_ERROR                 ? State::too_large
                                                           : State::broken;
  }

  void begin_member() override {  // what it holds of the last member is used again
    if (lzma_stream_decoder(&stream_, kMostMemory, 0) != LZMA_OK) throw std::bad_alloc();
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

class Zstd : public Codec {
 public:
  Zstd() : stream_(ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
  }
  ~Zstd() override { ZSTD_freeDStream(stream_); }

  State step(PackedStep& step) override {
    ZSTD_inBuffer in{step.in, step.in_size, 0};
    ZSTD_outBuffer out{step.out, step.out_size, 0};
    const std::size_t status = ZSTD_decompressStream(stream_, &out, &in);
    step.in += in.pos, step.in_size -= in.pos;
    step.out += out.pos, step.out_size -= out.pos;
    if (!ZSTD_isError(status)) return status == 0 ? State::member_ends : State::goes_on;
    const ZSTD_ErrorCode error = ZSTD_getErrorCode(status);
    if (error == ZSTD_error_memory_allocation) throw std::bad_alloc();
    return error == ZSTD_error_frameParameter_windowTooLarge ? State::too_large : State::broken;
  }

  void begin_member() override { ZSTD_DCtx_reset(stream_, ZSTD_reset_session_only); }

 private:
  ZSTD_DStream* stream_;
};

template <class Any>
std::unique_ptr<Codec> open_codec() {
  return std::make_unique<Any>();
}

bool is_gzip(std::string_view start) { return start.starts_with("\x1f\x8b"); }
bool is_xz(std::string_view start) { return start.starts_with("\xfd\x37zXZ\0"sv); }

/// Also by a frame that is to be passed over, as some programs write one first.
bool is_zstd(std::string_view start) {
  const bool passed_over = start.size() >= 4 && (start[0] & 0xf0) == 0x50 && start.substr(1, 3) == "\x2a\x4d\x18"sv;
  return passed_over || start.starts_with("\x28\xb5\x2f\xfd"sv);
}

/// "BZh" and a digit may begin a header too; the mark of a block, or of the end where there is none, does not.
bool is_bzip2(std::string_view start) {
  if (start.size() < kPackedStart || !start.starts_with("BZh") || start[3] < '1' || start[3] > '9') return false;
  const std::string_view mark = start.substr(4, 6);
  return mark == "\x31\x41\x59\x26\x53\x59"sv || mark == "\x17\x72\x45\x38\x50\x90"sv;
}

constexpr Packing kPackings[] = {
    {"gzip", is_gzip, open_codec<Gzip>},
    {"zstd", is_zstd, open_codec<Zstd>},
    {"xz", is_xz, open_codec<Xz>},
    {"bzip2", is_bzip2, open_codec<Bzip2>},
};

}  // namespace

const Packing* packing_of(std::string_view start) {
  for (const Packing& packing : kPackings) {
    if (packing.recognises(start)) return &packing;
  }
  return nullptr;
}

}  // namespace maha::io
